using System.Buffers.Text;
using System.Globalization;
using System.Text;
using TreasureHunt.LoadGenerator.Http;

namespace TreasureHunt.LoadGenerator.Load;

/// <summary>Claims that a storefront sends together, as lines of NDJSON.</summary>
/// <param name="Storefront">Its number.</param>
/// <param name="First">The number of the first claim in the run.</param>
/// <param name="SentAt">Timestamp.</param>
internal sealed record ClaimPiece(Scenario Scenario, string Run, int Seed, int Storefront, long First, long SentAt)
{
    /// <summary>Players of a storefront: so many that none reaches its rate limit.</summary>
    private const int Players = 10_000;

    public int Lines => Scenario.Lines;

    /// <summary>The prefix of the players of a storefront.</summary>
    public static string PrefixOf(int storefront) => $"shop{storefront}:";

    /// <summary>The answer to one claim: its status and its line.</summary>
    public static HttpReply AnswerOf(ReadOnlyMemory<byte> line)
    {
        var status = "\"status\":"u8;
        var start = line.Span.IndexOf(status);
        return new HttpReply(
            start >= 0 && Utf8Parser.TryParse(line.Span[(start + status.Length)..], out int code, out _) ? code : 0, line);
    }

    /// <summary>The treasure of a claim.</summary>
    public int TreasureOf(int line) => (int)((First + line) % Scenario.Treasures);

    public byte[] ToLines()
    {
        var text = new StringBuilder();
        for (var line = 0; line < Lines; line++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{{\"treasureId\":\"{Run}-{TreasureOf(line)}\",\"playerId\":\"{PrefixOf(Storefront)}{(First + line) % Players}\",")
                .Append(CultureInfo.InvariantCulture, $"\"key\":\"{Seed}-{First + line}\"}}\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>The whole request of a list.</summary>
    public byte[] ToRequest(string bearer)
    {
        var lines = ToLines();
        return
        [
            .. Encoding.ASCII.GetBytes(
                "POST /v1/claims HTTP/1.1\r\nHost: hunt\r\nPrefer: wait=10\r\nContent-Type: application/x-ndjson\r\n"
                + $"Content-Length: {lines.Length}\r\nAuthorization: Bearer {bearer}\r\n\r\n"),
            .. lines,
        ];
    }
}
