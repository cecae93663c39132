//! LaTeX formulas as MathML Core.

pub use math_core::MathDisplay as Display;
use math_core::{LatexToMathML, MathCoreConfig};

/// `source` as a `<math>` element, or `None` when it is not LaTeX that can be read: the source is shown then.
pub fn mathml(source: &str, display: Display) -> Option<String> {
    let converter = LatexToMathML::new(MathCoreConfig::default()).ok()?;
    converter
        .convert_with_local_state(source, display)
        .ok()
        .map(|result| result.mathml)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_mathml() {
        assert_eq!(
            mathml(r"\frac{1}{2} x^2", Display::Inline).as_deref(),
            Some("<math><mfrac><mn>1</mn><mn>2</mn></mfrac><msup><mi>x</mi><mn>2</mn></msup></math>")
        );
        assert!(
            mathml("x", Display::Block).is_some_and(|html| html.starts_with(r#"<math display="block">"#))
        );
    }

    #[test]
    fn what_is_not_latex_stays_as_it_is_written() {
        for source in [r"\bad{", "{", r"\frac{1}"] {
            assert_eq!(mathml(source, Display::Inline), None, "{source}");
        }
    }
}
