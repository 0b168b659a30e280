//! Compiles the crate anew when a file of an embedded pack comes, goes or
//! changes; the compiler by itself only notices changes of files it knows.

fn main() {
    for folder in ["../../comparisons", "../../languages", "scaffold"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
