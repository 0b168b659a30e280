fn main() {
    let (id, name) = (31, "ada");
    eprintln!(
        r#"{{"level":"INFO","msg":"order placed","service":"orders","id":{id},"customer":{name:?}}}"#
    );
}
