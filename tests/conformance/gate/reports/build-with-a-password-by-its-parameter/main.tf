resource "aws_codebuild_project" "p" {
  name = "p"
  source {
    type      = "NO_SOURCE"
    buildspec = <<-YAML
      version: 0.2
      env:
        parameter-store:
          DB_PASSWORD: /prod/db/password
        secrets-manager:
          API_TOKEN: "prod/api:token"
    YAML
  }
}
