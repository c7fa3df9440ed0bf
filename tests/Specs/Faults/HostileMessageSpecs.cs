using System.Text.Json;
using System.Text.Json.Nodes;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Faults.Load;
using Xunit;

namespace TreasureHunt.Specs.Faults;

/// <summary>What hostile senders send: of every kind, and malformed for certain where it must become a dead letter.</summary>
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
    public void Administrators_commands_are_of_every_type_and_none_is_well_formed()
    {
        var broken = new Dictionary<string, HashSet<string>>();
        foreach (var (type, message) in Enumerable.Range(0, 5_000).Select(_ => _messages.OfAdministration()).SelectMany(Envelope).Where(
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
        // Each type breaks rules of its own, beside those of id and time.
        Assert.All(broken.Values, rules => Assert.InRange(rules.Count, 5, 100));
    }

    [Fact]
    public void Claims_of_a_shard_break_the_rules_of_each_field()
    {
        var broken = new HashSet<string>();
        var fingerprints = new HashSet<string?>();
        foreach (var (fate, message) in Enumerable.Range(0, 5_000).Select(_ => _messages.OfShard(0)).SelectMany(
            message =>
                Envelope(message).Where(told => told.Type == $"{Prefix}ClaimTreasures").Select(told => (message.Fate, told.Message))))
        {
            var rule = Rule(() =>
            {
                var claims = message.Deserialize<ClaimTreasures>(Web)!;
                var problem = ClaimRules.ProblemOf(claims) ?? ClaimRules.ProblemOf(claims.Claims[0], Now);
                fingerprints.Add(claims.Claims?[0]?.Fingerprint);
                return problem;
            });
            Assert.True(fate != Fate.DeadLetter || rule != "", $"{message}");
            broken.Add(rule);
        }

        Assert.All(
            ["treasureId", "playerId", "proof", "traceParent", "acceptedAt", "claimId"],
            field => Assert.Contains(broken, rule => rule.StartsWith(field, StringComparison.Ordinal)));
        Assert.Contains(fingerprints, fingerprint => fingerprint?.Length > 128);
    }

    // The rule that it breaks; empty for none.
    private static string Rule(Func<string?> check)
    {
        try
        {
            return check() ?? "";
        }
        catch (JsonException)
        {
            return "no such JSON";
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
