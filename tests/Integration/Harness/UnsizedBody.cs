using System.Net.Http.Headers;
using System.Text;

namespace TreasureHunt.Integration.Harness;

/// <summary>A JSON body without a Content-Length.</summary>
internal sealed class UnsizedBody : StreamContent
{
    public UnsizedBody(string body)
        : base(new MemoryStream(Encoding.UTF8.GetBytes(body))) => Headers.ContentType = new MediaTypeHeaderValue("application/json");

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
