resource "aws_eks_cluster" "c" {
  name                = "c"
  role_arn            = "r"
  deletion_protection = false
}
