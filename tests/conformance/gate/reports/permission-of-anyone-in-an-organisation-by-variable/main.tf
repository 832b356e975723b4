variable "roles" { default = { a = "111122223333", b = "444455556666" } }
resource "aws_iam_role" "connect" {
  name = "role-connect"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "sts:AssumeRole",
    Condition = { StringLike = { "aws:PrincipalArn" = concat(["arn:aws:iam::111122223333:role/control"], [for region, id in var.roles : "arn:aws:iam::${id}:role/${region}-connect"]) } } }] })
}
