//! What holds of any text: the fuzz target `front_matter` checks it, and a test replays the target's inputs.

use std::path::Path;

use passerelle::{
    finding::Problem,
    read::{
        date::Date,
        front_matter, manuscript,
        tree::{Generator, Place},
    },
};

/// Reads the text as a post of each generator. Nothing panics, and every place that is told stands in the text.
pub fn check(text: &str) {
    match front_matter::parse(text) {
        Ok(Some(front)) => {
            assert!(
                text.is_char_boundary(front.body),
                "the body begins in a character"
            );
            let lines = text[..front.body].matches('\n').count();
            let is_ended = text[..front.body].ends_with('\n');
            assert_eq!(front.body_line as usize, lines + if is_ended { 1 } else { 2 });
            front.problems.iter().for_each(|problem| holds(problem, text));
        }
        Ok(None) => {}
        Err(problem) => holds(&problem, text),
    }
    for generator in [Generator::Jekyll, Generator::Hugo, Generator::Plain] {
        let place = Place {
            name: "a".to_owned(),
            ..Place::default()
        };
        let mut problems = Vec::new();
        let read = manuscript::read(
            text,
            Path::new("a.md"),
            place,
            generator,
            Date::default(),
            &mut problems,
        );
        problems.iter().for_each(|problem| holds(problem, text));
        match read {
            Ok(Some(found)) => {
                let date = found.date.to_string();
                assert_eq!(Date::parse(&date), Date::parse(&date.replace('T', " ")), "{date}");
                assert_eq!(
                    Date::parse(&date).map(Date::timestamp),
                    Some(found.date.timestamp()),
                    "{date}"
                );
                assert!(text.ends_with(&found.body));
            }
            Ok(None) => {}
            Err(problem) => holds(&problem, text),
        }
    }
}

fn holds(problem: &Problem, text: &str) {
    let Some((line, column)) = problem.place else {
        return;
    };
    let lines: Vec<&str> = text.split('\n').collect();
    assert!(line >= 1 && column >= 1, "{problem:?}");
    assert!(
        line as usize <= lines.len() + 1,
        "{problem:?} is below the text {text:?}"
    );
    let length = lines
        .get(line as usize - 1)
        .map_or(0, |line| line.chars().count());
    assert!(
        column as usize <= length + 2,
        "{problem:?} is right of its line in {text:?}"
    );
}
