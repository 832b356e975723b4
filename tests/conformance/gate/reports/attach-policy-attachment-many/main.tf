variable "roles" {
  type    = list(string)
  default = ["feed"]
}

data "aws_partition" "p" {}

resource "aws_iam_policy_attachment" "all" {
  name       = "all"
  roles      = var.roles
  policy_arn = "arn:${data.aws_partition.p.partition}:iam::aws:policy/ReadOnlyAccess"
}
