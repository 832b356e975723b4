resource "aws_lambda_function" "key" {
  function_name = "key"
  role          = "r"
  environment {
    variables = { K = "AKIAQZ7RT3MXV5WPL2KD" }
  }
}
resource "aws_lambda_function" "secret" {
  function_name = "secret"
  role          = "r"
  environment {
    variables = { S = "k3Jd8fLm2Qw9ZxTr5Vb7Nc1Ah6Gy4Ps0Eu/Ri+Ol" }
  }
}
resource "aws_lambda_function" "role" {
  function_name = "role"
  role          = "r"
  environment {
    variables = { R = "AROAQZ7RT3MXV5WPL2KD" }
  }
}
resource "aws_lambda_function" "account" {
  function_name = "account"
  role          = "r"
  environment {
    variables = { A = "account=111122223333" }
  }
}
resource "aws_lambda_function" "account2" {
  function_name = "account2"
  role          = "r"
  environment {
    variables = { A = "AWS_ACCOUNT_ID=111122223333" }
  }
}
resource "aws_lambda_function" "path" {
  function_name = "path"
  role          = "r"
  environment {
    variables = { P = "services/market/data/feeds/live/streams/a" }
  }
}
resource "aws_lambda_function" "url" {
  function_name = "url"
  role          = "r"
  environment {
    variables = { U = "https://sqs.us-east-1.amazonaws.com/111122223333/q" }
  }
}
resource "aws_lambda_function" "pem" {
  function_name = "pem"
  role          = "r"
  environment {
    variables = { P = "-----BEGIN RSA PRIVATE KEY-----" }
  }
}
resource "aws_lambda_function" "words" {
  function_name = "words"
  role          = "r"
  environment {
    variables = { W = "thisIsALongCamelCaseWordOfExactlyFortyLet" }
  }
}
resource "aws_lambda_function" "forty" {
  function_name = "forty"
  role          = "r"
  environment {
    variables = { W = "abcdefghijklmnopqrstuvwxyzabcdefghijklmn" }
  }
}
resource "aws_lambda_function" "inside" {
  function_name = "inside"
  role          = "r"
  environment {
    variables = { D = "x:k3Jd8fLm2Qw9ZxTr5Vb7Nc1Ah6Gy4Ps0Eu/Ri+Ol;y" }
  }
}
resource "aws_lambda_function" "sha" {
  function_name = "sha"
  role          = "r"
  environment {
    variables = { H = "da39a3ee5e6b4b0d3255bfef95601890afd80709" }
  }
}
resource "aws_lambda_function" "git" {
  function_name = "git"
  role          = "r"
  environment {
    variables = { H = "image:da39a3ee5e6b4b0d3255bfef95601890afd80709" }
  }
}
resource "aws_lambda_function" "user" {
  function_name = "user"
  role          = "r"
  environment {
    variables = { U = "AIDAQZ7RT3MXV5WPL2KD" }
  }
}
resource "aws_lambda_function" "example" {
  function_name = "example"
  role          = "r"
  environment {
    variables = { E = "AKIAIOSFODNN7EXAMPLE" }
  }
}
resource "aws_lambda_function" "policyid" {
  function_name = "policyid"
  role          = "r"
  environment {
    variables = { E = "ANPAQZ7RT3MXV5WPL2KD" }
  }
}
resource "aws_lambda_function" "b64" {
  function_name = "b64"
  role          = "r"
  environment {
    variables = { E = "aGVsbG8gd29ybGQsIHRoaXMgaXMgYSBsb25nIG9u" }
  }
}
resource "aws_lambda_function" "integrity" {
  function_name = "integrity"
  role          = "r"
  environment {
    variables = { I = "sha1-k3Jd8fLm2Qw9ZxTr5Vb7Nc1Ah6Gy4Ps0Eu/Ri+O=" }
  }
}

resource "aws_lambda_function" "temporary" {
  function_name = "temporary"
  role          = "r"
  environment {
    variables = { K = "ASIAQZ7RT3MXV5WPL2KD" }
  }
}

resource "aws_lambda_function" "joined" {
  function_name = "joined"
  role          = "r"
  environment {
    variables = { K = "id=AKIAQZ7RT3MXV5WPL2KD;region=us-east-1" }
  }
}

resource "aws_lambda_function" "neutral" {
  function_name = "neutral"
  role          = "r"
  environment {
    variables = { FEED_SETTING = "k3Jd8fLm2Qw9ZxTr5Vb7Nc1Ah6Gy4Ps0Eu/Ri+Ol" }
  }
}
