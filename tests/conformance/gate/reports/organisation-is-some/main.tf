resource "aws_ecr_repository" "images" {
  name         = "images"
  force_delete = true
}

resource "aws_ecr_repository_policy" "images" {
  repository = aws_ecr_repository.images.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Pull"
      Effect    = "Allow"
      Principal = "*"
      Action    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
      Condition = { Null = { "aws:PrincipalOrgID" = "false" } }
    }]
  })
}
