resource "awscc_ecr_repository" "r" {
  repository_name        = "r"
  repository_policy_text = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = "*", Action = "ecr:BatchGetImage", Resource = "*" }] })
}
