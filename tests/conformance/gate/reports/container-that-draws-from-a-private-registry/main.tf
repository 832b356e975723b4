resource "aws_ecs_task_definition" "feed" {
  family = "feed"
  container_definitions = jsonencode([{
    name                  = "feed"
    image                 = "registry.example.com/feed@sha256:9b2c1f6a0d3e4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9012345678"
    repositoryCredentials = { credentialsParameter = "arn:aws:secretsmanager:us-east-1:111122223333:secret:registry-AbCdEf" }
    secrets               = [{ name = "DB_PASSWORD", valueFrom = "arn:aws:ssm:us-east-1:111122223333:parameter/feed/db" }]
  }])
}
