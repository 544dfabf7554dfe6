//! The program as a user runs it: what it says about bad input, on one line, with exit code 2.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

fn run(argument: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_co2_growth")).arg(argument).output().expect("the program starts")
}

/// The one line on standard error of a run that must fail.
fn complaint(argument: &str) -> String {
    let output = run(argument);
    let error = String::from_utf8(output.stderr).expect("errors are UTF-8");
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(output.stdout.is_empty());
    assert_eq!(error.lines().count(), 1, "{error}");
    error
}

fn file(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("the file can be written");
    path
}

fn complaint_about(name: &str, text: &str) -> String {
    complaint(file(name, text).to_str().expect("a UTF-8 path"))
}

#[test]
fn another_file() {
    let all = include_str!("../data/mauna_loa_co2.csv");
    let first_years: String = all.lines().take(200).map(|line| line.to_owned() + "\r\n").collect();
    let path = file("first_years.csv", &first_years);
    let folder = path.parent().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_co2_growth"))
        .arg(&path)
        .current_dir(folder)
        .output()
        .expect("the program starts");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("the report is UTF-8");
    for year in ["\n1959 ", "\n1960 ", "\n1961 "] {
        assert!(text.contains(year), "{text}");
    }
    assert!(!text.contains("decade   "), "no decade is covered: {text}");
    let picture = fs::read_to_string(folder.join("co2_growth.svg")).expect("a picture");
    assert!(picture.starts_with("<svg") && picture.trim_end().ends_with("</svg>"));
}

#[test]
fn a_missing_file() {
    let error = complaint("no/such/file.csv");
    assert!(error.starts_with("co2_growth: no/such/file.csv: "), "{error}");
}

#[test]
fn a_bad_row_is_named_by_its_number() {
    for (name, row, expected) in [
        ("value.csv", "19580412,much", "expected a concentration"),
        ("negative.csv", "19580412,-99.99", "expected a concentration"),
        ("date.csv", "19581312,317.6", "expected a date as YYYYMMDD, got `19581312`"),
        ("columns.csv", "19580412 317.6", "expected two columns"),
        ("order.csv", "19580405,317.6", "not later than the one before"),
    ] {
        let text = format!("date,co2\n19580329,316.1\n19580405,317.3\n{row}\n19580419,317.5\n");
        let error = complaint_about(name, &text);
        assert!(error.contains(": row 4: ") && error.contains(expected), "{error}");
    }
}

#[test]
fn too_few_rows() {
    let error = complaint_about("few.csv", "date,co2\n19580329,316.1\n19580405,\n19580412,317.6\n");
    assert!(error.contains("row 4: the file ends after 2 measurements; expected at least 104"), "{error}");
    let error = complaint_about("empty.csv", "");
    assert!(error.contains("the file ends after 0 measurements"), "{error}");
}

#[test]
fn two_arguments() {
    let output = Command::new(env!("CARGO_BIN_EXE_co2_growth")).args(["a", "b"]).output().expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
}
