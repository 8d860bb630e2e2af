//! Rows of a result: a mark, a label and a value each, in columns.

use crate::report::layout::width;
use crate::report::layout::wrapped;
use crate::report::style::Mark;
use crate::report::style::Style;

/// A row. One without a label goes on with what stands above it.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub mark: Option<Mark>,
    pub label: &'static str,
    pub value: String,
}

/// The lines of the rows, whose values are ready to be written.
pub(crate) fn lines(rows: &[Row], style: Style) -> Vec<String> {
    let labels = rows.iter().map(|row| width(row.label));
    let column = labels.max().unwrap_or_default();
    let marks = rows.iter().any(|row| row.mark.is_some());
    let mut lines = Vec::new();
    for row in rows {
        let (mark, painted) = match (row.mark, marks) {
            (Some(mark), _) => style.mark(mark),
            (None, true) => {
                let blank = " ".repeat(width(&style.mark(Mark::Ok).0));
                (blank.clone(), blank)
            }
            (None, false) => Default::default(),
        };
        let gap = if marks { " " } else { "" };
        let rest = " ".repeat(column - width(row.label) + 2);
        let begin = format!("{mark}{gap}{}{rest}", row.label);
        let painted = format!("{painted}{gap}{}{rest}", style.strong(row.label));
        let hang = width(&begin);
        lines.extend(wrapped(
            &row.value,
            (&painted, &begin),
            hang,
            style,
            str::to_owned,
        ));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(mark: Option<Mark>, label: &'static str, value: &str) -> Row {
        Row {
            mark,
            label,
            value: value.to_owned(),
        }
    }

    #[test]
    fn marks_labels_and_values_stand_in_columns() {
        let rows = [
            row(Some(Mark::Ok), "TLS", "TLSv1.3"),
            row(Some(Mark::Fail), "trust", "not verified"),
            row(None, "", "and why"),
        ];
        assert_eq!(
            lines(&rows, Style::PLAIN),
            [
                "ok   TLS    TLSv1.3",
                "fail trust  not verified",
                "            and why"
            ]
        );
        let bare = [row(None, "name", "x"), row(None, "", "y")];
        assert_eq!(lines(&bare, Style::PLAIN), ["name  x", "      y"]);
    }

    #[test]
    fn a_value_wraps_behind_its_column() {
        let value = "word ".repeat(16);
        let rows = [row(Some(Mark::Warn), "leaf", value.trim())];
        let shown = lines(&rows, Style::PLAIN.wide(Some(40)));
        assert_eq!(shown.len(), 3, "{shown:?}");
        assert!(shown[0].starts_with("warn leaf  word"), "{shown:?}");
        assert!(shown[1].starts_with("           word"), "{shown:?}");
    }
}
