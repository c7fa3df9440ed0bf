using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace TreasureHunt.Integration.Harness;

/// <summary>
/// A TLS listener in front of the broker: to a client it looks like a broker that accepts TLS.
/// </summary>
internal sealed class TlsTerminator : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Task _accepting;
    private long _received;
    private int _refused;

    public TlsTerminator(X509Certificate2 certificate)
    {
        _certificate = certificate;
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The number of decrypted bytes from clients.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>The number of connections that ended before the client sent a byte over TLS.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stopping.Dispose();
        _certificate.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _connections.Add(Serve(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // The listener was stopped.
        }
    }

    private async Task Serve(TcpClient client)
    {
        var sent = 0L;
        try
        {
            using (client)
            await using (var encrypted = new SslStream(client.GetStream()))
            using (var server = new TcpClient())
            {
                await encrypted.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stopping.Token);
                await server.ConnectAsync(Servers.RabbitMq.Host, Servers.RabbitMq.Port, _stopping.Token);
                await Task.WhenAny(
                    Pump(encrypted, server.GetStream(), read => Interlocked.Add(ref sent, read)),
                    Pump(server.GetStream(), encrypted, _ => { }));
            }
        }
        catch (Exception)
        {
            // The client, the broker or the test closed the connection.
        }

        Interlocked.Add(ref _received, sent);
        if (sent == 0)
        {
            Interlocked.Increment(ref _refused);
        }
    }

    private async Task Pump(Stream from, Stream to, Action<int> count)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReadAsync(buffer, _stopping.Token) is > 0 and var read)
        {
            count(read);
            await to.WriteAsync(buffer.AsMemory(0, read), _stopping.Token);
        }
    }
}
