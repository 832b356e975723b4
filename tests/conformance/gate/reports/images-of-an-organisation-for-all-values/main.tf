resource "aws_ecr_repository" "r" { name = "ecr-r" }
resource "aws_ecr_repository_policy" "r" {
  repository = aws_ecr_repository.r.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = ["ecr:BatchGetImage"],
    Condition = { "ForAllValues:StringEquals" = { "aws:PrincipalOrgID" = "o-12345678" } } }] })
}
