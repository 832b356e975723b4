locals {
  documents = {
    read  = ["dynamodb:GetItem"]
    write = ["dynamodb:PutItem"]
  }
}
resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ecs-tasks.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}
resource "aws_iam_policy" "p" {
  for_each    = local.documents
  name_prefix = "${each.key}-"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = each.value, Resource = "arn:aws:dynamodb:us-east-1:123456789012:table/t" }]
  })
}
resource "aws_iam_role_policy_attachment" "p" {
  for_each   = { for name, policy in aws_iam_policy.p : name => policy.arn }
  role       = aws_iam_role.r.name
  policy_arn = each.value
}
