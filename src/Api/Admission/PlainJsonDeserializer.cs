using System.Net.Mime;
using System.Text;
using MassTransit;
using MassTransit.Serialization;

namespace TreasureHunt.Api.Admission;

/// <summary>
/// Reads messages of plain JSON without a MassTransit envelope. It skips a byte order mark (RFC 8259, section 8.1), as the HTTP API does:
/// some platforms always write one.
/// </summary>
internal sealed class PlainJsonDeserializer : ISerializerFactory, IMessageDeserializer
{
    private readonly SystemTextJsonRawMessageSerializer _json = new(RawSerializerOptions.AnyMessageType);

    public ContentType ContentType => _json.ContentType;

    public IMessageSerializer CreateSerializer() => _json;

    public IMessageDeserializer CreateDeserializer() => this;

    public ConsumeContext Deserialize(ReceiveContext receiveContext) =>
        new BodyConsumeContext(
            receiveContext, Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null)
    {
        var bytes = body.GetBytes();
        return _json.Deserialize(
            bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? new BytesMessageBody(bytes[Encoding.UTF8.Preamble.Length..]) : body,
            headers, destinationAddress);
    }

    public MessageBody GetMessageBody(string text) => _json.GetMessageBody(text);

    public void Probe(ProbeContext context) => _json.Probe(context);
}
