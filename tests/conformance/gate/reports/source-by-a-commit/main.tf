resource "aws_codebuild_project" "feed" {
  name         = "feed"
  service_role = "arn:aws:iam::111122223333:role/feed"
  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
    environment_variable {
      name  = "SOURCE"
      value = "github.com/moov-io/infra//modules/github-exporter?ref=a436c10a95a71de7854079411ff9411ddfbb1de1"
    }
    environment_variable {
      name  = "GITHUB_TOKEN_FILEPATH"
      value = "./conf/github-token"
    }
  }
  source {
    type = "NO_SOURCE"
  }
}
