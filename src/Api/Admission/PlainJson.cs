using System.Net.Mime;
using System.Text;
using MassTransit;
using MassTransit.Serialization;

namespace TreasureHunt.Api.Admission;

/// <summary>
/// Reads messages that are plain JSON and no MassTransit envelope. A byte order mark in front is taken (RFC 8259, section 8.1), as it is
/// over HTTP: some platforms write one whatever they are told.
/// </summary>
internal sealed class PlainJson : ISerializerFactory, IMessageDeserializer
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
