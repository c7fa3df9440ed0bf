using System.Diagnostics.CodeAnalysis;
using System.Net.Mime;
using System.Text;
using System.Text.Json;
using MassTransit;
using MassTransit.Serialization;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api.Admission;

/// <summary>
/// Reads messages of plain JSON without a MassTransit envelope. It skips a byte order mark (RFC 8259, section 8.1), as the HTTP API does:
/// some platforms always write one. A message with the member <c>claims</c> is a <see cref="ClaimTreasureList"/>, any other a
/// <see cref="ClaimTreasure"/>.
/// </summary>
internal sealed class PlainJsonDeserializer : ISerializerFactory, IMessageDeserializer
{
    private readonly SystemTextJsonRawMessageSerializer _json = new(RawSerializerOptions.AnyMessageType);

    public ContentType ContentType => _json.ContentType;

    public IMessageSerializer CreateSerializer() => _json;

    public IMessageDeserializer CreateDeserializer() => this;

    public ConsumeContext Deserialize(ReceiveContext receiveContext)
    {
        var message = Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress);
        return new PlainMessageContext(receiveContext, message, IsList(WithoutMark(receiveContext.Body.GetBytes())));
    }

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
    {
        var bytes = body.GetBytes();
        var json = WithoutMark(bytes);
        return _json.Deserialize(json.Length < bytes.Length ? new BytesMessageBody(json.ToArray()) : body, headers, destinationAddress);
    }

    public MessageBody GetMessageBody(string text) => _json.GetMessageBody(text);

    public void Probe(ProbeContext context) => _json.Probe(context);

    /// <summary>Whether a message is a list of claims. The case of the name does not matter, as in the deserializer.</summary>
    /// <param name="json">JSON that was parsed before.</param>
    internal static bool IsList(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(
            json, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        if (json.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueIsEscaped && Ascii.EqualsIgnoreCase(reader.ValueSpan, "claims"u8))
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;

    // A message without an envelope names no type: without this, it would be consumed as both types.
    private sealed class PlainMessageContext(ReceiveContext receiveContext, SerializerContext message, bool isList)
        : BodyConsumeContext(receiveContext, message)
    {
        public override bool HasMessageType(Type messageType) => IsTypeOf(messageType) && base.HasMessageType(messageType);

        public override bool TryGetMessage<T>([NotNullWhen(true)] out ConsumeContext<T>? message)
        {
            message = null;
            return IsTypeOf(typeof(T)) && base.TryGetMessage(out message);
        }

        private bool IsTypeOf(Type messageType) => isList == (messageType == typeof(ClaimTreasureList));
    }
}
