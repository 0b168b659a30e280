fn main() -> Result<(), pprof::Error> {
    let guard = pprof::ProfilerGuard::new(100)?;
    let total: u64 = (0..10_000_000u64).map(|n| n % 7).sum();
    let report = guard.report().build()?;
    println!("profile: {total} {}", report.data.len());
    Ok(())
}
