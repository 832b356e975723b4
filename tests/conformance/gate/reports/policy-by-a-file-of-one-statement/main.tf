resource "aws_glacier_vault" "old" {
  name          = "old"
  access_policy = file("policy.json")
}
