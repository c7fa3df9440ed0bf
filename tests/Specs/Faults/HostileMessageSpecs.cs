using System.Text.Json;
using System.Text.Json.Nodes;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Faults.Load;
using Xunit;

namespace TreasureHunt.Specs.Faults;

/// <summary>Generated hostile messages cover every type, and those that must become dead letters are malformed.</summary>
public class HostileMessageSpecs
{
    private const string Prefix = "urn:message:TreasureHunt.Contracts.Commands:";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, Type> Commands = typeof(IAdminCommand).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IAdminCommand))).ToDictionary(
            type => Prefix + type.Name);

    private readonly HostileMessages _messages = new(new Random(7), Now, ["goose", "hen"]);

    [Fact]
    public void Malformed_admin_commands_cover_every_type()
    {
        var broken = new Dictionary<string, HashSet<string>>();
        foreach (var (type, message) in Enumerable.Range(0, 5_000).Select(_ => _messages.NextAdminCommand()).SelectMany(Envelope).Where(
            message => Commands.ContainsKey(message.Type)))
        {
            if (!broken.TryGetValue(type, out var rules))
            {
                broken[type] = rules = [];
            }

            rules.Add(
                Rule(() =>
                    message.Deserialize(Commands[type], Web) is IAdminCommand command
                        ? AdminCommandRules.ProblemOf(command, Now) : "null"));
        }

        Assert.Equal(Commands.Keys.Order(), broken.Keys.Order());
        Assert.Equal(7, broken.Count);
        Assert.All(broken.Values, rules => Assert.DoesNotContain("", rules));
        // Each type breaks rules of its own besides those of id and time.
        Assert.All(broken.Values, rules => Assert.InRange(rules.Count, 5, 100));
    }

    [Fact]
    public void Claims_of_a_shard_break_the_rules_of_each_field()
    {
        var broken = new HashSet<string>();
        var fingerprints = new HashSet<string?>();
        foreach (var (expected, message) in Enumerable.Range(0, 5_000).Select(_ => _messages.NextShardMessage(0)).SelectMany(
            message =>
                Envelope(message).Where(part => part.Type == $"{Prefix}ClaimTreasures").Select(part => (message.Expected, part.Message))))
        {
            var rule = Rule(() =>
            {
                var claims = message.Deserialize<ClaimTreasures>(Web)!;
                var problem = ClaimRules.ProblemOf(claims) ?? ClaimRules.ProblemOf(claims.Claims[0], Now);
                fingerprints.Add(claims.Claims?[0]?.Fingerprint);
                return problem;
            });
            Assert.True(expected != ExpectedHandling.DeadLetter || rule != "", $"{message}");
            broken.Add(rule);
        }

        Assert.All(
            ["treasureId", "playerId", "proof", "traceParent", "acceptedAt", "claimId"],
            field => Assert.Contains(broken, rule => rule.StartsWith(field, StringComparison.Ordinal)));
        Assert.Contains(fingerprints, fingerprint => fingerprint?.Length > 128);
    }

    // The broken rule, or an empty string.
    private static string Rule(Func<string?> check)
    {
        try
        {
            return check() ?? "";
        }
        catch (JsonException)
        {
            return "invalid JSON";
        }
    }

    private static IEnumerable<(string Type, JsonNode Message)> Envelope(HostileMessage message)
    {
        try
        {
            return JsonNode.Parse(message.Text) is JsonObject envelope && envelope["messageType"]?[0]?.GetValue<string>() is { } type
                ? [(type, envelope["message"]!)] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
