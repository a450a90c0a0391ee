//! Pages into files' bytes.

use typst::diag::SourceResult;
use typst::foundations::Smart;
use typst::utils::Scalar;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use typst_render::RenderOptions;
use typst_svg::SvgOptions;

const CREATOR: &str = concat!("shenbao ", env!("CARGO_PKG_VERSION"));

/// PDF/A-2a with PDF/UA-1. Identifier, creator and date are fixed by the input, so that bytes are too.
pub(super) fn pdf(document: &PagedDocument, ident: &str) -> SourceResult<Vec<u8>> {
    // The pair is accepted by every release that the version pin allows; were it not, the plain standard is none.
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).unwrap_or_default();
    let options = PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        timestamp: None,
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    };
    typst_pdf::pdf(document, &options)
}

/// 144 pixels an inch: sharp on a screen, and a page under 2 MB.
const PIXELS_PER_POINT: i32 = 2;

pub(super) fn png(document: &PagedDocument) -> Option<Vec<Vec<u8>>> {
    let options = RenderOptions { pixel_per_pt: Scalar::new(PIXELS_PER_POINT.into()), render_bleed: false };
    document.pages().iter().map(|page| typst_render::render(page, &options).encode_png().ok()).collect()
}

pub(super) fn svg(document: &PagedDocument) -> Vec<String> {
    document.pages().iter().map(svg_of).collect()
}

pub(super) fn svg_of(page: &Page) -> String {
    typst_svg::svg(page, &SvgOptions { render_bleed: false, pretty: false })
}
