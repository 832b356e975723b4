resource "aws_s3tables_table_bucket" "b" {
  name = "b"
}
