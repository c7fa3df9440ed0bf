using System.Text.RegularExpressions;
using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary>The required and optional variables of <c>docker-compose.yml</c>.</summary>
public sealed partial class ComposeSpecs
{
    /// <summary>These may be empty: the user cannot log in then, or visitors get no tokens.</summary>
    private static readonly string[] Optional = [
        "HUNT_RABBITMQ_PASSWORD_ANALYTICS_SHOP", "HUNT_RABBITMQ_PASSWORD_STOREFRONT_SHOP", "HUNT_VISITORS_KEY"];

    private static readonly string[] Lines =
        [.. File.ReadAllLines(Repository.PathOf("docker-compose.yml")).Where(line => !line.TrimStart().StartsWith('#'))];

    [Fact]
    public void Each_secret_is_required_and_has_no_default()
    {
        var secrets = Lines.SelectMany(line => Variable().Matches(line)).Where(variable => IsSecret(variable.Groups["name"].Value))
            .ToList();

        Assert.Equal(
            [
                "HUNT_FINGERPRINT_KEY", "HUNT_KEYS", "HUNT_POSTGRES_PASSWORD", "HUNT_RABBITMQ_PASSWORD_API",
                "HUNT_RABBITMQ_PASSWORD_MONITORING",
                "HUNT_RABBITMQ_PASSWORD_OPERATOR", "HUNT_RABBITMQ_PASSWORD_PROJECTIONS", "HUNT_RABBITMQ_PASSWORD_WORKER",
            ],
            secrets.Select(variable => variable.Groups["name"].Value).Except(Optional).Order(StringComparer.Ordinal));
        Assert.All(
            secrets,
            variable =>
                Assert.Matches(Optional.Contains(variable.Groups["name"].Value) ? "^:-$" : "^:[?].+", variable.Groups["rest"].Value));
    }

    [Fact]
    public void No_password_is_a_literal() => Assert.All(
        Lines.SelectMany(line => Password().Matches(line)),
        password => Assert.StartsWith("${HUNT_", password.Groups["value"].Value, StringComparison.Ordinal));

    [Fact]
    public void The_definitions_of_the_broker_contain_placeholders_instead_of_passwords() => Assert.All(
        PasswordHash().Matches(File.ReadAllText(Repository.PathOf("deploy/rabbitmq/definitions.json"))),
        user => Assert.Equal($"@{user.Groups["name"].Value}@", user.Groups["hash"].Value));

    [Fact]
    public void Every_Api_gets_the_fingerprint_key() => Assert.Matches(
        "^Idempotency__FingerprintKey: \\$\\{HUNT_FINGERPRINT_KEY:[?]",
        Assert.Single(
            Lines.SkipWhile(line => line != "x-api: &api").TakeWhile(line => line != "services:"),
            line => line.Contains("FingerprintKey", StringComparison.Ordinal)).Trim());

    [Fact]
    public void The_development_environment_sets_every_secret() => Assert.All(
        Lines.SelectMany(line => Variable().Matches(line)).Where(
            variable => variable.Groups["rest"].Value.StartsWith(":?", StringComparison.Ordinal)),
        variable =>
            Assert.Contains(
                File.ReadAllLines(Repository.PathOf("deploy/docker/development.env")),
                line => line.StartsWith($"{variable.Groups["name"].Value}=", StringComparison.Ordinal)));

    [Fact]
    public void Visitors_are_disabled_by_default() => Assert.Equal(
        ["Visitors__Enabled: ${HUNT_VISITORS:-false}"],
        Lines.Select(line => line.Trim()).Where(line => line.StartsWith("Visitors__Enabled", StringComparison.Ordinal)));

    private static bool IsSecret(string name) =>
        name.Contains("PASSWORD", StringComparison.Ordinal) || name.Contains("KEY", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<!\$)\$\{?(?<name>[A-Z_]+)(?<rest>[^}]*)")]
    private static partial Regex Variable();

    /// <summary>A password in a connection string, an address, or a variable of a container.</summary>
    [GeneratedRegex(@"(?:[Pp]assword=|PASSWORD\w*: |://\w+:|SigningKey\w*: )(?<value>\S+)")]
    private static partial Regex Password();

    [GeneratedRegex(@"""name"": ""(?<name>[^""]+)"", ""password_hash"": ""(?<hash>[^""]*)""")]
    private static partial Regex PasswordHash();
}
