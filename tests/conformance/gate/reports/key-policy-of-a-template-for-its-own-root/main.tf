resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-T
    Resources:
      K:
        Type: AWS::KMS::Key
        Properties:
          EnableKeyRotation: true
          KeyPolicy:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Principal: {AWS: !Sub "arn:$${AWS::Partition}:iam::$${AWS::AccountId}:root"}
                Action: kms:*
                Resource: "*"
              - Effect: Allow
                Principal: {Service: !Sub "logs.$${AWS::Region}.$${AWS::URLSuffix}"}
                Action: [kms:Encrypt, kms:Decrypt]
                Resource: "*"
                Condition: {ArnLike: {"kms:EncryptionContext:aws:logs:arn": !Sub "arn:$${AWS::Partition}:logs:$${AWS::Region}:$${AWS::AccountId}:*"}}
  T
}
