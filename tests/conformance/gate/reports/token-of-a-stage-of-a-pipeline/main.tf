resource "aws_codepipeline" "feed" {
  name     = "feed"
  role_arn = "arn:aws:iam::111122223333:role/feed"
  stage {
    name = "Source"
    action {
      name     = "Source"
      category = "Source"
      owner    = "ThirdParty"
      provider = "GitHub"
      version  = "1"
      configuration = {
        Owner      = "acme"
        Repo       = "feed"
        Branch     = "main"
        OAuthToken = "Gr33nApple77Gr33nApple"
      }
    }
  }
}
