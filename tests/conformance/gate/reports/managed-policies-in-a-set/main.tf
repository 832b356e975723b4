locals {
  policies = toset(["AmazonS3FullAccess", "AmazonEC2ContainerRegistryFullAccess"])
}

resource "aws_iam_role_policy_attachment" "each" {
  for_each   = local.policies
  role       = "desk"
  policy_arn = join("", ["arn:aws:iam::aws:policy/", each.key])
}
