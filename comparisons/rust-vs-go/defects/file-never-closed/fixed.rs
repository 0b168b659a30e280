use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

fn open_upload(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    match file.metadata()?.is_dir() {
        true => Err(io::Error::other("is a folder")),
        false => Ok(file),
    }
}

fn size(path: &Path) -> io::Result<usize> {
    let mut file = open_upload(path)?;
    file.read_to_end(&mut Vec::new())
}

fn run(name: &str) -> String {
    let dir = std::env::temp_dir().join(format!("upload-{}-{}", std::process::id(), name.len()));
    fs::create_dir(&dir).expect("a folder");
    fs::write(dir.join("notes.txt"), "milk, bread\n").expect("a file");
    let size = size(&dir.join(name));
    fs::remove_dir_all(&dir).expect("the folder");
    match size {
        Ok(bytes) => format!("{bytes} bytes"),
        Err(error) => error.to_string(),
    }
}

/// Counts what is open below a folder for uploads.
fn open_files() -> usize {
    let Ok(fds) = fs::read_dir("/proc/self/fd") else { return 0 };
    let paths = fds.flatten().flat_map(|fd| fs::read_link(fd.path()));
    paths.filter(|path| path.to_string_lossy().contains("upload-")).count()
}

fn main() {
    println!("{}", run(&std::env::args().nth(1).expect("an input")));
    println!("open files: {}", open_files());
}
