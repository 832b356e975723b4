variable "buckets" {
  type    = list(string)
  default = ["*"]
}

resource "aws_iam_role" "feeds" {
  name = "feeds"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
  dynamic "inline_policy" {
    for_each = var.buckets
    content {
      name = "read"
      policy = jsonencode({
        Version   = "2012-10-17"
        Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::${inline_policy.value}/*" }]
      })
    }
  }
}
