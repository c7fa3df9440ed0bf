using System.Reflection;
using CsCheck;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Bodies;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>Events with any content are serialized and read back unchanged. New event types are covered by their names.</summary>
public class RoundTripProperties
{
    private static readonly Gen<string> Text =
        Gen.OneOf(
            "", "a", "Z", "9", " ", "\"", "\\", "/", "\n", "<b>", "&", "+", "é", "ß", "日本", "🦆", "\u200d", "null").Array[0, 8].Select(
                string.Concat);

    // With the precision of a tick.
    private static readonly Gen<DateTimeOffset> Time =
        Gen.Long[DateTimeOffset.UnixEpoch.Ticks, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero).Ticks]
        .Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

    public static TheoryData<Type> Events => [.. EventNames.All.Keys];

    public static TheoryData<Type> ClaimEvents => [typeof(TreasureAwarded), typeof(ClaimRefused)];

    [Theory]
    [MemberData(nameof(Events))]
    public void A_serialized_event_is_read_back_unchanged(Type type) => Any(type, new NullabilityInfoContext()).Sample(@event =>
    {
        var json = StorageFormat.EventSerializer.ToJson(@event);
        var read = StorageFormat.EventSerializer.FromJson(type, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json)));

        Assert.Equivalent(@event, read, strict: true);
        Assert.Equal(json, StorageFormat.EventSerializer.ToJson(read));
    });

    [Theory]
    [MemberData(nameof(ClaimEvents))]
    public void The_binary_body_of_a_claim_event_is_read_back_unchanged(Type type) => Any(type, new NullabilityInfoContext()).Sample(
        @event =>
        {
            var body = ClaimEventSerializer.Serialize((IClaimEvent)@event);
            Assert.Equal(@event, ClaimEventSerializer.Deserialize(body, EventNames.All[type]));
        });

    private static Gen<object> Any(Type type, NullabilityInfoContext nullability)
    {
        if (Simple(type) is { } simple)
        {
            return simple;
        }

        if (type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var item = type.GetGenericArguments()[0];
            return Any(item, nullability).Array[0, 3].Select(items =>
            {
                var list = Array.CreateInstance(item, items.Length);
                items.CopyTo(list, 0);
                return (object)list;
            });
        }

        var constructor = type.GetConstructors().Single(c => c.GetParameters().Length > 0);
        return constructor.GetParameters()
            .Select(parameter => nullability.Create(parameter).ReadState == NullabilityState.Nullable
                ? Any(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType, nullability).Null()
                : Any(parameter.ParameterType, nullability).Select(value => (object?)value))
            .Aggregate(
                Gen.Const(Array.Empty<object?>()), (all, next) => Gen.Select(all, next, (values, value) => (object?[])[.. values, value]))
            .Select(constructor.Invoke);
    }

    private static Gen<object>? Simple(Type type) => type switch
    {
        _ when type == typeof(string) => Text.Select(value => (object)value),
        _ when type == typeof(DateTimeOffset) => Time.Select(value => (object)value),
        _ when type == typeof(Guid) => Gen.Guid.Select(value => (object)value),
        _ when type == typeof(int) => Gen.Int.Select(value => (object)value),
        _ when type == typeof(long) => Gen.Long.Select(value => (object)value),
        _ => null,
    };
}
