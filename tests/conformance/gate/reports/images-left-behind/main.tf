resource "aws_ecr_repository" "images" {
  name = "images"
}
