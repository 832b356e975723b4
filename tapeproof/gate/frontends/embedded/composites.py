"""Types of CloudFormation that are several resources of the provider, or that say something beside their properties.

Sources: AWS CloudFormation Template Reference Guide, the page of each type, and "DeletionPolicy attribute".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from tapeproof.gate.engine.evaluator.functions.encoding import json_text
from tapeproof.gate.engine.model import Known, Ref, Unknown, Value
from tapeproof.gate.engine.named_tuple import NamedTuple
from tapeproof.gate.frontends.embedded.substitutions import substitute

if TYPE_CHECKING:
    from tapeproof.gate.engine.model import Plain

__all__ = ["Part", "Whole", "is_composite", "parts_of"]


class Whole(NamedTuple):
    """A resource as CloudFormation has it.

    Attributes:
        kind: Its type.
        properties: Its properties, by CloudFormation's names or those of the AWSCC provider.
        address: What it is called here.
        deletion_policy: As written; empty when it is not.
        spell: Spells a name of CloudFormation's as the properties do.
    """

    kind: str
    properties: Value
    address: str
    deletion_policy: str
    spell: Callable[[str], str]

    def entry(self, name: str) -> Value:
        """Return a property; null when there is none."""
        return _entry(self.properties, self.spell(name))

    def listed(self, name: str) -> tuple[Value, ...]:
        """Return the elements of a property that is a list; none when it is not known."""
        value = self.entry(name)
        return value.value if isinstance(value, Known) and isinstance(value.value, tuple) else ()

    def refers(self, type_: str, path: str) -> Ref:
        """Return a reference to an attribute of this resource."""
        return Ref(self.address, path, resource_type=type_)

    def part(self, suffix: str, kind: str, **more: Value) -> Part:
        """Return a part with the properties of the whole, and others."""
        return self.part_of(suffix, kind, self.properties, **more)

    def part_of(self, suffix: str, kind: str, properties: Value, **more: Value) -> Part:
        """Return a part with properties of its own, and others."""
        known = properties.value if isinstance(properties, Known) else None
        entries = dict(known) if isinstance(known, Mapping) else {}
        entries |= {self.spell(name): value for name, value in more.items()}
        return Part(suffix, kind, Known(entries, kind="object", span=properties.span))


class Part(NamedTuple):
    """One of the resources that a type stands for.

    Attributes:
        suffix: What is put after the address of the whole; empty for the resource itself.
        kind: Its type, as ``policies/facts/cloudformation.csv`` has it.
        properties: Its properties.
    """

    suffix: str
    kind: str
    properties: Value


_Making: TypeAlias = Callable[[Whole], Iterator[Part]]


def is_composite(kind: str) -> bool:
    """Return whether a type is here."""
    return kind in _COMPOSITES


def parts_of(whole: Whole) -> Iterator[Part]:
    """Yield what a resource is made of: itself, where its type is not here."""
    make = _COMPOSITES.get(whole.kind)
    return iter((Part("", whole.kind, whole.properties),)) if make is None else make(whole)


def _rule(whole: Whole) -> Iterator[Part]:
    """Yield a rule of EventBridge and its targets; its pattern is an object."""
    bus, pattern = whole.entry("EventBusName"), whole.entry("EventPattern")
    yield whole.part("", whole.kind, EventPattern=_as_json(pattern))
    name = whole.entry("Name")
    rule = whole.refers("aws_cloudwatch_event_rule", "name") if _is_null(name) else name
    for at, target in enumerate(whole.listed("Targets")):
        yield whole.part_of(f"/Targets/{at}", f"{whole.kind}.Target", target, Rule=rule, EventBusName=bus)


def _machine(whole: Whole) -> Iterator[Part]:
    """Yield a state machine, the substitutions in its definition."""
    given = whole.entry("DefinitionSubstitutions")
    values = given.value if isinstance(given, Known) and isinstance(given.value, Mapping) else {}
    written = {name: whole.entry(name) for name in ("DefinitionString", "Definition")}
    filled = {name: substitute(one, values) for name, one in written.items() if values and not _is_null(one)}
    yield whole.part("", whole.kind, **filled)


def _bus_policy(whole: Whole) -> Iterator[Part]:
    """Yield a bus's policy; its one statement stands without the document around it."""
    statement = whole.entry("Statement")
    document = Known({"Statement": statement}, kind="object", span=statement.span)
    yield whole.part("", whole.kind, Policy=document)


def _emptied(whole: Whole) -> Unknown:
    """Return whether CloudFormation deletes what is in something: it does not, and nobody knows whether it is empty."""
    return Unknown("CloudFormation deletes it only while it is empty", span=whole.properties.span)


def _bucket(whole: Whole) -> Iterator[Part]:
    yield whole.part("", whole.kind, ForceDestroy=_emptied(whole))
    bucket = whole.refers("aws_s3_bucket", "id")
    for name in ("PublicAccessBlockConfiguration", "NotificationConfiguration"):
        configured = whole.entry(name)
        if not _is_null(configured):
            sent = _entry(configured, whole.spell("EventBridgeConfiguration"))
            told = _entry(sent, whole.spell("EventBridgeEnabled"))
            events = Known(not _is_null(sent), span=sent.span) if _is_null(told) else told
            kind = f"{whole.kind}.{name}"
            yield whole.part_of(f"/{name}", kind, configured, Bucket=bucket, EventBridge=events)


def _global_table(whole: Whole) -> Iterator[Part]:
    """Yield the table of each region, which has settings of its own."""
    encryption = whole.entry("SSESpecification")
    for at, replica in enumerate(whole.listed("Replicas")):
        keyed = _entry(replica, whole.spell("SSESpecification"))
        entries = {} if _is_null(encryption) else dict(_entries(encryption))
        both = Known({**entries, **_entries(keyed)}, kind="object", span=replica.span)
        named = whole.entry("TableName")
        suffix = f"/Replicas/{at}" if at else ""
        yield whole.part_of(suffix, "AWS::DynamoDB::Table", replica, TableName=named, SSESpecification=both)


def _each(name: str, one: str) -> _Making:
    """Return what makes a part for each element of a list, and one without any where there is no list."""

    def make(whole: Whole) -> Iterator[Part]:
        elements = whole.listed(name)
        if not elements:
            yield Part("", whole.kind, whole.properties)
        for at, element in enumerate(elements):
            yield whole.part(f"/{name}/{at}" if at else "", whole.kind, **{one: element})

    return make


def _managed_policy(whole: Whole) -> Iterator[Part]:
    yield Part("", whole.kind, whole.properties)
    arn = whole.refers("aws_iam_policy", "arn")
    for at, role in enumerate(whole.listed("Roles")):
        yield whole.part_of(f"/Roles/{at}", f"{whole.kind}.Role", Known({}, kind="object"), Role=role, PolicyArn=arn)


def _database(whole: Whole) -> Iterator[Part]:
    """Yield a database: CloudFormation leaves a snapshot of it where DeletionPolicy says so, or says nothing."""
    member = not _is_null(whole.entry("DBClusterIdentifier")) and whole.kind.endswith("DBInstance")
    by_default = "Snapshot" if whole.kind.startswith("AWS::RDS::") and not member else "Delete"
    leaves = (whole.deletion_policy or by_default) == "Snapshot"
    yield whole.part("", whole.kind, SkipFinalSnapshot=Known(not leaves, span=whole.properties.span))


def _load_balancer(whole: Whole) -> Iterator[Part]:
    found = {}
    for attribute in whole.listed("LoadBalancerAttributes"):
        key = _entry(attribute, whole.spell("Key"))
        if isinstance(key, Known) and key.value == "deletion_protection.enabled":
            found = {"EnableDeletionProtection": _entry(attribute, whole.spell("Value"))}
    yield whole.part("", whole.kind, **found)


def _policy(whole: Whole, document: Value, **holder: Value) -> Iterator[Part]:
    """Yield the policy of a resource, which is a resource of its own to the provider."""
    if not _is_null(document):
        nothing = Known({}, kind="object", span=document.span)
        yield whole.part_of("/Policy", f"{whole.kind}.Policy", nothing, Policy=document, **holder)


def _holding(document: str, holder: str, type_: str, path: str) -> _Making:
    """Return what makes a resource and its policy.

    Args:
        document: The property that is the policy.
        holder: What the policy's part calls the resource that it is of.
        type_: The provider's type of that.
        path: The attribute by which it is meant.
    """

    def make(whole: Whole) -> Iterator[Part]:
        yield Part("", whole.kind, whole.properties)
        yield from _policy(whole, whole.entry(document), **{holder: whole.refers(type_, path)})

    return make


def _table(whole: Whole) -> Iterator[Part]:
    yield Part("", whole.kind, whole.properties)
    document = _entry(whole.entry("ResourcePolicy"), whole.spell("PolicyDocument"))
    yield from _policy(whole, document, ResourceArn=whole.refers("aws_dynamodb_table", "arn"))


def _warehouse(whole: Whole) -> Iterator[Part]:
    yield from _database(whole)
    namespace = whole.refers("aws_redshift_cluster", "cluster_namespace_arn")
    yield from _policy(whole, whole.entry("NamespaceResourcePolicy"), ResourceArn=namespace)


def _vault(whole: Whole) -> Iterator[Part]:
    yield whole.part("", whole.kind, ForceDestroy=_emptied(whole))
    name = whole.refers("aws_backup_vault", "name")
    yield from _policy(whole, whole.entry("AccessPolicy"), BackupVaultName=name)
    lock = whole.entry("LockConfiguration")
    if not _is_null(lock):
        yield whole.part_of("/LockConfiguration", f"{whole.kind}.LockConfiguration", lock, BackupVaultName=name)


_COMPOSITES: dict[str, _Making] = {
    "AWS::Backup::BackupVault": _vault,
    "AWS::CodeArtifact::Domain": _holding("PermissionsPolicyDocument", "Domain", "aws_codeartifact_domain", "domain"),
    "AWS::CodeArtifact::Repository": _holding(
        "PermissionsPolicyDocument", "Repository", "aws_codeartifact_repository", "repository"
    ),
    "AWS::DocDB::DBCluster": _database,
    "AWS::DynamoDB::GlobalTable": _global_table,
    "AWS::DynamoDB::Table": _table,
    "AWS::ECR::Repository": _holding("RepositoryPolicyText", "RepositoryName", "aws_ecr_repository", "name"),
    "AWS::EFS::FileSystem": _holding("FileSystemPolicy", "FileSystemId", "aws_efs_file_system", "id"),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": _load_balancer,
    "AWS::Events::EventBusPolicy": _bus_policy,
    "AWS::Events::Rule": _rule,
    "AWS::IAM::ManagedPolicy": _managed_policy,
    "AWS::IAM::Policy": _each("Roles", "Role"),
    "AWS::MediaStore::Container": _holding("Policy", "ContainerName", "aws_media_store_container", "name"),
    "AWS::Neptune::DBCluster": _database,
    "AWS::Oam::Sink": _holding("Policy", "SinkIdentifier", "aws_oam_sink", "arn"),
    "AWS::RDS::DBCluster": _database,
    "AWS::RDS::DBInstance": _database,
    "AWS::Redshift::Cluster": _warehouse,
    "AWS::RedshiftServerless::Namespace": _holding(
        "NamespaceResourcePolicy", "ResourceArn", "aws_redshiftserverless_namespace", "arn"
    ),
    "AWS::S3::Bucket": _bucket,
    "AWS::SNS::TopicPolicy": _each("Topics", "Topic"),
    "AWS::SQS::QueuePolicy": _each("Queues", "Queue"),
    "AWS::StepFunctions::StateMachine": _machine,
}


def _as_json(value: Value) -> Value:
    """Return an object as the JSON that the provider takes; what is text, or not wholly known, as it is."""
    if not (isinstance(value, Known) and isinstance(value.value, Mapping) and value.known):
        return value
    plain: Plain = value.plain()
    return Known(json_text(plain), span=value.span, origins=value.origins, document=value)


def _entries(value: Value) -> Mapping[str, Value]:
    return value.value if isinstance(value, Known) and isinstance(value.value, Mapping) else {}


def _entry(value: Value, name: str) -> Value:
    return _entries(value).get(name, Known(None, span=value.span))


def _is_null(value: Value) -> bool:
    return isinstance(value, Known) and value.value is None
