using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Hosting;

/// <summary>An address with user and password. The user is required: RabbitMQ's default user is publicly known.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RabbitMqConnectionAttribute : ConnectionStringAttribute
{
    public override string Format => "amqp://user:password@host:port/vhost";

    protected override string Mask(string connection)
    {
        // The text is searched: Uri escapes the user info, so that it may not occur in the text.
        var scheme = connection.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return Hidden;
        }

        var start = scheme + 3;
        var end = connection.IndexOfAny(['/', '?', '#'], start);
        var at = connection.LastIndexOf('@', (end < 0 ? connection.Length : end) - 1);
        if (at < start)
        {
            // A later '@' may belong to a password that contains one of these characters.
            return connection.Contains('@', StringComparison.Ordinal) ? Hidden : connection;
        }

        var colon = connection.IndexOf(':', start, at - start);
        return colon < 0 ? connection : $"{connection[..colon]}:{Hidden}{connection[at..]}";
    }

    protected override string? FindProblem(string connection) =>
        !Uri.TryCreate(connection, UriKind.Absolute, out var address) ? "it is not an address."
        : address.Scheme is not ("amqp" or "amqps") ? $"its scheme is '{address.Scheme}', which is neither amqp nor amqps."
        : address.Host.Length == 0 ? "it names no host."
        : address.UserInfo.Split(':', 2) is not [{ Length: > 0 }, { Length: > 0 }] ? "it names no user and password."
        : address.Query.Length > 0 ? "it has options after '?', which have no effect."
        : null;
}
