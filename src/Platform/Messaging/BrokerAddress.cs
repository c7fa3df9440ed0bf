using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Messaging;

/// <summary>
/// The address of the broker, the user of this host, and whether the connection uses TLS. MassTransit and RabbitMQ's own client both use
/// it.
/// </summary>
public sealed class BrokerAddress
{
    /// <summary>The setting with the address, unless another one is named.</summary>
    public const string DefaultSetting = "ConnectionStrings__RabbitMq";

    private const string Format = "its format is amqp://user:password@host:port/virtual-host, or amqps:// for TLS";
    private const int TlsPort = 5671;

    /// <summary>Purpose of a server certificate (RFC 5280, section 4.2.1.12).</summary>
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly X509Certificate2Collection? _authorities;

    /// <param name="address">The value of the setting. User, password and virtual host are percent-encoded.</param>
    /// <param name="setting">The setting that error messages name.</param>
    /// <exception cref="SettingException">
    /// The address or the file is invalid. The message does not contain the address, because it contains a password.
    /// </exception>
    public BrokerAddress(string address, RabbitMqOptions options, string setting = DefaultSetting)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            throw InvalidSetting(setting, "is not the address of a broker");
        }

        UsesTls = uri.Scheme switch
        {
            "amqp" => false,
            "amqps" => true,
            _ => throw InvalidSetting(setting, $"has the scheme '{uri.Scheme}'"),
        };
        if (uri.UserInfo.Split(':', 2) is not [{ Length: > 0 } user, { Length: > 0 } password])
        {
            throw InvalidSetting(setting, "has no user or no password");
        }

        var path = uri.AbsolutePath.Trim('/');
        if (uri.Query.Length + uri.Fragment.Length > 0 || path.Contains('/', StringComparison.Ordinal))
        {
            throw InvalidSetting(setting, "has text after the virtual host");
        }

        (Host, Port) = (uri.DnsSafeHost, uri.Port > 0 ? uri.Port : UsesTls ? TlsPort : 5672);
        (User, Password, VirtualHost) = (Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), path.Length == 0
            ? "/" : Uri.UnescapeDataString(path));
        if (!UsesTls && Port == TlsPort)
        {
            throw InvalidSetting(setting, $"has the TLS port {TlsPort} and the scheme 'amqp'");
        }

        if (options.CaFile is { Length: > 0 } file)
        {
            _authorities = UsesTls
                ? ReadAuthorities(file)
                : throw new SettingException(
                    $"RabbitMq__CaFile is set, but {setting} is amqp://, which is not encrypted: use amqps://.");
        }
    }

    public string Host { get; }

    public int Port { get; }

    public string VirtualHost { get; }

    public string User { get; }

    public string Password { get; }

    public bool UsesTls { get; }

    /// <summary>
    /// Validates the broker's certificate with the authorities of <see cref="RabbitMqOptions.CaFile"/>; null for the system's authorities.
    /// </summary>
    public RemoteCertificateValidationCallback? CertificateValidation => _authorities is null ? null : IsTrusted;

    /// <summary>Settings for RabbitMQ's own client, without automatic recovery.</summary>
    /// <param name="clientName">The name of the connection in the broker's management.</param>
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
            ? authorities : throw new SettingException($"RabbitMq__CaFile is '{file}', which contains no PEM certificate.");
    }

    private static SettingException InvalidSetting(string setting, string problem) => new($"{setting} {problem}: {Format}.");

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        // Only the chain is validated again; any other error, such as a wrong name, stays an error.
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
