resource "aws_qldb_ledger" "l" {
  name             = "l"
  permissions_mode = "STANDARD"
}
