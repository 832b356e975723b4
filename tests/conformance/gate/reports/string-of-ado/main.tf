resource "aws_apprunner_service" "s" {
  service_name = "s"
  source_configuration {
    image_repository {
      image_identifier      = "public.ecr.aws/a/b:1"
      image_repository_type = "ECR_PUBLIC"
      image_configuration {
        runtime_environment_variables = {
          DATABASE = "Server=db.example.com;Database=trades;User Id=feed;Password=Kq7-vT3x9Lm2Zr;Encrypt=true"
        }
      }
    }
  }
}
