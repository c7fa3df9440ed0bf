using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Messaging;

/// <summary>
/// Where the broker is, as which of its users the host connects, and whether with TLS. Both clients, MassTransit's and
/// RabbitMQ's own, take it from here.
/// </summary>
public sealed class BrokerAddress
{
    /// <summary>The setting that most addresses come from.</summary>
    public const string UsualSetting = "ConnectionStrings__RabbitMq";

    private const string Form = "it takes amqp://user:password@host:port/virtual-host, or amqps:// for TLS";
    private const int TlsPort = 5671;

    /// <summary>Purpose of a server's certificate (RFC 5280, 4.2.1.12).</summary>
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly X509Certificate2Collection? _authorities;

    /// <param name="address">The value of the setting. User, password and virtual host are percent-encoded.</param>
    /// <param name="setting">The setting that complaints name.</param>
    /// <exception cref="SettingException">
    /// The address or the file cannot be used. The message does not repeat the address, which has a password in it.
    /// </exception>
    public BrokerAddress(string address, RabbitMqOptions options, string setting = UsualSetting)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw Unusable(setting, "is not the address of a broker");
        }

        UsesTls = uri.Scheme switch
        {
            "amqp" => false,
            "amqps" => true,
            _ => throw Unusable(setting, $"has the scheme '{uri.Scheme}'"),
        };
        if (uri.UserInfo.Split(':', 2) is not [{ Length: > 0 } user, { Length: > 0 } password])
        {
            throw Unusable(setting, "has no user or no password");
        }

        var path = uri.AbsolutePath.Trim('/');
        if (uri.Query.Length + uri.Fragment.Length > 0 || path.Contains('/', StringComparison.Ordinal))
        {
            throw Unusable(setting, "has something behind the virtual host");
        }

        (Host, Port) = (uri.DnsSafeHost, uri.Port > 0 ? uri.Port : UsesTls ? TlsPort : 5672);
        (User, Password, VirtualHost) = (Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), path.Length == 0
            ? "/" : Uri.UnescapeDataString(path));
        if (!UsesTls && Port == TlsPort)
        {
            throw Unusable(setting, $"has the port {TlsPort}, where brokers speak TLS, and the scheme 'amqp'");
        }

        if (options.CaFile is { Length: > 0 } file)
        {
            _authorities = UsesTls
                ? ReadAuthorities(file)
                : throw new SettingException(
                    $"RabbitMq__CaFile is set, and {setting} is amqp://, which is not encrypted: it takes amqps://.");
        }
    }

    public string Host { get; }

    public int Port { get; }

    public string VirtualHost { get; }

    public string User { get; }

    public string Password { get; }

    public bool UsesTls { get; }

    /// <summary>
    /// Judges the broker's certificate by the authorities of <see cref="RabbitMqOptions.CaFile"/>; null when the system's judge it.
    /// </summary>
    public RemoteCertificateValidationCallback? CertificateValidation => _authorities is null ? null : IsTrusted;

    /// <summary>Settings for RabbitMQ's own client. It does not reconnect by itself.</summary>
    /// <param name="clientName">What the broker's operator sees as the name of the connection.</param>
    public ConnectionFactory CreateConnectionFactory(string clientName) => new()
    {
        HostName = Host,
        Port = Port,
        VirtualHost = VirtualHost,
        UserName = User,
        Password = Password,
        ClientProvidedName = clientName,
        AutomaticRecoveryEnabled = false,
        RequestedHeartbeat = TimeSpan.FromSeconds(10),
        RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
        Ssl = new SslOption
        {
            Enabled = UsesTls,
            ServerName = Host,
            Version = SslProtocols.None,
            AcceptablePolicyErrors = SslPolicyErrors.None,
            CertificateValidationCallback = CertificateValidation,
        },
    };

    private static X509Certificate2Collection ReadAuthorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingException($"RabbitMq__CaFile is '{file}', which cannot be read: {exception.Message}");
        }

        return authorities.Count > 0
            ? authorities : throw new SettingException($"RabbitMq__CaFile is '{file}', which holds no certificate in PEM.");
    }

    private static SettingException Unusable(string setting, string why) => new($"{setting} {why}: {Form}.");

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        // Only who signed it is judged anew; a wrong name stays wrong.
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities!);
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(ServerAuthentication);
        return chain.Build(X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert)));
    }
}
