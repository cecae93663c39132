//! LaTeX formulas as MathML Core.

use std::thread;

pub use math_core::MathDisplay as Display;
use math_core::{LatexToMathML, MathCoreConfig};

/// So many signs fit on any thread's stack, however they stand in each other.
const FEW: usize = 64;

/// A formula of more signs is none. A page of long derivations has a few hundred.
const MOST: usize = 4096;

/// More elements in each other are no formula that anybody reads, and browsers put no more than 512 of a page so.
const DEEPEST: usize = 256;

/// What one sign may take of the stack, in bytes, with room to spare: `\frac` takes most, and most of all in a debug build.
const STACK_OF_A_SIGN: usize = 32 * 1024;

/// `source` as a `<math>` element, or `None` when it is not LaTeX that can be read: the source is shown then.
///
/// The converter reads what stands in something by calling itself, so that a formula could go deeper than the stack is.
/// One that might has a thread with a stack to its measure.
pub fn mathml(source: &str, display: Display) -> Option<String> {
    let signs = source
        .bytes()
        .filter(|byte| !byte.is_ascii_alphanumeric() && !byte.is_ascii_whitespace())
        .count();
    if signs <= FEW {
        return convert(source, display);
    }
    if signs > MOST {
        return None;
    }
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(signs * STACK_OF_A_SIGN);
        let conversion = thread.spawn_scoped(scope, || convert(source, display));
        conversion.ok()?.join().ok()?
    })
}

fn convert(source: &str, display: Display) -> Option<String> {
    let converter = LatexToMathML::new(MathCoreConfig::default()).ok()?;
    converter
        .convert_with_local_state(source, display)
        .ok()
        .map(|result| result.mathml)
        .filter(|mathml| depth(mathml) <= DEEPEST)
}

/// How many elements stand in each other at most.
fn depth(mathml: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for (at, _) in mathml.match_indices('<') {
        if mathml[at..].starts_with("</") {
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
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
    fn no_formula_goes_deeper_than_the_stack() {
        let nested = |before: &str, times: usize, after: &str| {
            format!("{}x{}", before.repeat(times), after.repeat(times))
        };
        for (before, after) in [
            (r"\frac{1}{", "}"),
            (r"\left(", r"\right)"),
            (r"\sqrt ", ""),
            (r"\frac1", ""),
            (r"\hat{", "}"),
            ("x^{", "}"),
            (r"\begin{matrix}", r"\end{matrix}"),
        ] {
            let signs = [before, after]
                .concat()
                .matches(|c: char| c.is_ascii_punctuation())
                .count();
            // As many as are read at all, and one more.
            for times in [MOST / signs, MOST + 1] {
                let formula = nested(before, times, after);
                assert!(mathml(&formula, Display::Inline).is_none(), "{before} {times}");
            }
        }
        assert!(mathml(&nested(r"\sqrt{", 100, "}"), Display::Block).is_some());
        assert!(mathml(&nested("{", MOST / 2, "}"), Display::Inline).is_some());
    }

    #[test]
    fn what_is_not_latex_stays_as_it_is_written() {
        for source in [r"\bad{", "{", r"\frac{1}"] {
            assert_eq!(mathml(source, Display::Inline), None, "{source}");
        }
    }
}
