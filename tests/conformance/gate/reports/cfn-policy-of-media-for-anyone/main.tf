resource "aws_cloudformation_stack" "s" {
  name = "s"
  template_body = jsonencode({
    "Resources" : {
      "R" : {
        "Type" : "AWS::MediaStore::Container",
        "Properties" : {
          "ContainerName" : "c",
          "Policy" : "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", \"Action\": \"mediastore:GetObject\", \"Resource\": \"*\"}]}"
        }
      }
    }
  })
}
