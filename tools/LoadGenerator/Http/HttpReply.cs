namespace TreasureHunt.LoadGenerator.Http;

/// <param name="Status">HTTP status; 0 when the connection broke.</param>
/// <param name="Body">Valid until the connection's next request.</param>
public readonly record struct HttpReply(int Status, ReadOnlyMemory<byte> Body)
{
    /// <summary>The service failed: it refused for lack of capacity (429), returned a server error, or did not answer.</summary>
    public bool Failed => Status is < 200 or 429 or >= 500;

    public bool Won => Status == 200 && Body.Span.IndexOf("\"outcome\":\"won\""u8) >= 0;

    public bool Rejected => Status == 200 && Body.Span.IndexOf("\"outcome\":\"rejected\""u8) >= 0;
}
