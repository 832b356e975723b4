resource "aws_codebuild_project" "p" {
  name = "p"
  source {
    type      = "NO_SOURCE"
    buildspec = <<-SPEC
      version: 0.2
      phases:
        build:
          commands:
            - |
              bs='\\' qt='"'
              curl -X POST "https://example.com/\
                a/b" --data "{
                }" && echo 'it"s $${HOME} %%{x}'
    SPEC
  }
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "feeds"
  retention_in_days = 7
}
