import java.io.File;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.validators.ValidatorConfigBuilder;

/**
 * Validates PDF files with veraPDF: a line for each file and profile, below it what failed and where.
 * One Java machine for all files, since starting it costs more than a validation.
 */
class Conformance {
    private static final List<PDFAFlavour> PROFILES = List.of(PDFAFlavour.PDFA_2_A, PDFAFlavour.PDFUA_1);
    /** Places shown for a failed rule: the first ones say what is wrong, the hundredth nothing new. */
    private static final int PLACES = 3;

    public static void main(String[] paths) {
        // veraPDF's parser logs what the rules report anyway, without the place.
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        int passed = 0;
        int failed = 0;
        for (String path : paths) {
            for (PDFAFlavour profile : PROFILES) {
                List<String> problems = new ArrayList<>();
                int checks = validate(new File(path), profile, problems);
                if (problems.isEmpty()) {
                    passed++;
                    System.out.printf("pass  %-4s %s (%d checks)%n", profile.getId(), path, checks);
                } else {
                    failed++;
                    System.out.printf("FAIL  %-4s %s%n", profile.getId(), path);
                    problems.forEach(problem -> System.out.println("      " + problem));
                }
            }
        }
        System.out.printf("conformance: %d passed, %d failed%n", passed, failed);
        // No file at all is a mistake of the caller, not a success.
        System.exit(failed == 0 && passed > 0 ? 0 : 1);
    }

    /** Returns the number of checks made, and adds a line to `problems` for each thing that is wrong. */
    private static int validate(File file, PDFAFlavour profile, List<String> problems) {
        if (!file.isFile()) {
            problems.add("no such file");
            return 0;
        }
        var config = ValidatorConfigBuilder.defaultBuilder().flavour(profile).recordPasses(false)
                .showErrorMessages(true).maxNumberOfDisplayedFailedChecks(PLACES)
                .loggingLevel(Level.OFF).build();
        try (var parser = Foundries.defaultInstance().createParser(file, profile);
                var validator = Foundries.defaultInstance().createValidator(config, profile)) {
            ValidationResult result = validator.validate(parser);
            result.getFailedChecks().entrySet().stream()
                    .sorted(Comparator.comparing(failure -> failure.getKey().toString()))
                    .forEach(failure -> describe(failure.getKey(), failure.getValue(), result, problems));
            if (problems.isEmpty() && (!result.isCompliant() || result.getTotalAssertions() == 0)) {
                problems.add("not compliant, but no rule says why");
            }
            return result.getTotalAssertions();
        } catch (Exception error) {
            problems.add("not readable: " + error);
            return 0;
        }
    }

    private static void describe(RuleId rule, int count, ValidationResult result, List<String> problems) {
        String message = "";
        List<String> places = new ArrayList<>();
        for (TestAssertion check : result.getTestAssertions()) {
            if (check.getRuleId().equals(rule) && check.getStatus() == TestAssertion.Status.FAILED) {
                message = check.getErrorMessage() == null ? check.getMessage() : check.getErrorMessage();
                places.add("    " + check.getLocation().getContext());
            }
        }
        problems.add(String.format("%s, clause %s, test %d (%dx): %s", rule.getSpecification().getId(),
                rule.getClause(), rule.getTestNumber(), count, message));
        problems.addAll(places);
    }
}
