using System.Text.Json.Nodes;
using TreasureHunt.Contracts;

namespace TreasureHunt.Faults.Load;

/// <summary>Admin commands with one invalid field each, so that no other rule rejects them.</summary>
internal sealed class HostileAdminCommand(HostileValues values)
{
    private const string TypePrefix = "urn:message:TreasureHunt.Contracts.Commands:";

    public HostileMessage Next()
    {
        var templates = new AdminCommandTemplates(values);
        var (type, command, invalidFields) = values.Any(templates.All)();
        command["commandId"] = values.Uuid(version: 5);
        command["at"] = values.Time(TimeSpan.Zero);
        command["marker"] = values.UniqueText();
        // Two of three break a rule of this command, the others a rule of all commands.
        var (field, value) = values.Next(3) > 0 ? values.Any(invalidFields) : values.Any(InvalidCommonFields());
        command[field] = value?.DeepClone();
        return values.Next(10) switch
        {
            0 => values.BrokenMessage(BusNames.AdminQueue, HostileMessage.MassTransitJson),
            1 => values.Envelope(BusNames.AdminQueue, $"{TypePrefix}DropEverything", command, ExpectedHandling.DeadLetter),
            _ => values.Envelope(BusNames.AdminQueue, TypePrefix + type, command, ExpectedHandling.DeadLetter),
        };
    }

    private (string Field, JsonNode? Value)[] InvalidCommonFields() =>
    [
        ("commandId", Guid.Empty.ToString()), ("commandId", new JsonArray(1)), ("at", "0001-01-01T00:00:00Z"),
        ("at", values.Time(TimeSpan.FromDays(1))), ("at", "2026-02-30T00:00:00Z"),
    ];
}
