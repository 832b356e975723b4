resource "aws_iam_saml_provider" "idp" {
  name                   = "idp"
  saml_metadata_document = <<-EOT
    <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com/saml">
      <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
        <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>
MIIDBTCCAe2gAwIBAgIQsU8C75opvDRuHC1WP09Yy9Fcvybyq4QTjFYdeXviyv44
qvnQsaNmwZf8mVqgg3VBRXQNikaobA+YL6/RWmWhTU7PUD0BLmEp6YetDja4eYyz
GjQuy+KcXtYJuNqq5T34jGy5y+zgT1rwr9wJc6GAc0moHhbnKc51T6qpHa5evfUx
YUYbjmpasWA1y5haeVMkV2KdnaoQF39XW4p4RWPd89ABDSn8hV9k0Vkqdj3jxuda
fYCpuYe/AuEjQGcZibsm+nK7Nchbe0q8oXvjy3FLZWZE3ViMHs8UvX3+i7crLjU3
iPi8NcMDrnpGYnrrxCvcA1AVwvmA9Vb4GoAtBNMh0mnT6s8kiKnNcpHKLjziGBGE
L/jh3fqd22DsAu0oWKwRYTLCTrG58/oEYNeqaBDQ7bozCeDqRRQCL+o5MWA863fV
cpS7h/ERuauwoQcVb7whB16RFMLYaMA7UbmZHXk6aXbsEHd39YmRaNfUYRdCTtBX
2KRwJFNTk41Jmef412RLZYPxbaroPV/giPQ5euJ/wSp8eoZkRbpiPJ6zHuiFk5Ty
0zaBtwnKVAawFvM05QWNt8GEm9Z2izVNEwVFQUJ3wbUYb59f0r7r66J+TMBZu2tv
Y8cBtwvfR5bY8rGMUHT9pxQwuCbCpLdNzVKayCmVrr/Mn4QnhwjS+dtunY+AH4z0
        </ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
      </md:IDPSSODescriptor>
    </md:EntityDescriptor>
  EOT
}
