typedef int mediasoup_nothing;
